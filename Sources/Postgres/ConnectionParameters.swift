/// How to reach a database: what libpq takes, as it takes it.
///
/// Whatever is not said here comes from libpq's own `PG*` variables, service file and password file. TLS is
/// libpq's too (`sslmode`, `sslrootcert` …). Without `application_name` the connection is named `bellwether`;
/// without `connect_timeout` anywhere an attempt ends after 10 seconds for each host.
public struct ConnectionParameters: Sendable {
    /// The seconds for each host when neither the parameters nor the environment say.
    static let defaultTimeout = "10"

    let text: String?
    private(set) var settings: [String: String]

    /// Libpq's own variables and service file decide.
    public init() {
        text = nil
        settings = [:]
    }

    /// From a URL (`postgresql://user@host/database`), a string of keywords (`host=… dbname=…`) or the name
    /// of a database.
    public init(_ text: String) {
        self.text = text.isEmpty ? nil : text
        settings = [:]
    }

    /// From libpq's keywords (`host`, `port`, `dbname`, `user`, `password` …), taken literally.
    public init(keywords: [String: String]) {
        text = nil
        settings = keywords
    }

    /// The same with one of libpq's keywords set, whatever was said of it before.
    public func setting(_ keyword: String, to value: String) -> ConnectionParameters {
        var copy = self
        copy.settings[keyword] = value
        return copy
    }

    /// The keywords and values in libpq's order, in which a later one wins.
    var keywordsAndValues: [(keyword: String, value: String)] {
        var list = [(keyword: "fallback_application_name", value: "bellwether")]
        if needsTimeout { list.append(("connect_timeout", Self.defaultTimeout)) }
        if let text { list.append(("dbname", text)) }
        for (keyword, value) in settings.sorted(by: { $0.key < $1.key }) { list.append((keyword, value)) }
        list.append(("client_encoding", "UTF8"))
        return list
    }

    // libpq looks into the service file only after the parameters: a value given here would win over
    // the file's, so a service that is named decides for itself.
    private var needsTimeout: Bool {
        let named = Set((try? options().map(\.keyword)) ?? [])
        return named.isDisjoint(with: ["connect_timeout", "service"])
            && Conninfo.environment("connect_timeout") == nil
    }

    /// What was said, read by libpq.
    func options() throws(DatabaseError) -> [Conninfo.Option] {
        var options: [Conninfo.Option] = []
        if let text {
            options =
                Conninfo.isConnectionString(text)
                ? try Conninfo.parse(text) : [Conninfo.Option(keyword: "dbname", value: text)]
        }
        for (keyword, value) in settings.sorted(by: { $0.key < $1.key }) {
            options.removeAll { $0.keyword == keyword }
            options.append(Conninfo.Option(keyword: keyword, value: value))
        }
        return options
    }
}

extension ConnectionParameters: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The keywords and values, without a password.
    public var description: String {
        guard let options = try? options() else { return "unreadable connection parameters" }
        let shown = options.map { "\($0.keyword)=\($0.isSecret ? "…" : $0.value)" }
        return shown.isEmpty ? "libpq's defaults" : shown.joined(separator: " ")
    }

    /// The same: a password does not belong in a debugger's log either.
    public var debugDescription: String { description }

    /// Nothing of the parts, which hold the password: `dump` shows the description.
    public var customMirror: Mirror { Mirror(self, children: ["parameters": description]) }
}
