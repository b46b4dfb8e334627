import Model
import Yams

/// The YAML of a mapping or contract, with errors that say where.
struct YAMLText {
    let file: String
    /// What the file is, in the words of errors.
    var subject = "mapping"

    /// One `key: value` of a map.
    struct Entry {
        let key: Node
        let name: String
        let value: Node
    }

    /// Reads the text.
    ///
    /// - Throws: BW121 when it is not YAML, or has a key twice.
    func root(of text: String) throws(BellwetherError) -> Node {
        do {
            if let node = try Yams.compose(yaml: text) { return node }
        } catch let error as YamlError {
            throw syntaxError(error)
        } catch {
            throw BellwetherError(.mappingSyntax, "the \(subject) is not YAML", place: Place(file: file))
        }
        throw BellwetherError(
            .mappingSyntax, "the \(subject) is empty",
            hint: subject == "mapping" ? "start with `mapping: NAME` and `source: NAME`" : nil,
            place: Place(file: file))
    }

    private func syntaxError(_ error: YamlError) -> BellwetherError {
        func make(_ message: String, _ mark: Mark?) -> BellwetherError {
            BellwetherError(
                .mappingSyntax, message,
                place: Place(file: file, line: mark?.line, column: mark.map { String($0.column) }))
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return make("the \(subject) is not YAML: \(problem)", mark)
        case .duplicatedKeysInMapping(let keys, let context):
            return make("the key \(keys.sorted().joined(separator: ", ")) stands twice", context.mark)
        default: return make("the \(subject) is not YAML", nil)
        }
    }

    /// An error at a node.
    func error(_ code: ErrorCode, _ message: String, at node: Node?, hint: String? = nil) -> BellwetherError {
        let mark = node?.mark
        return BellwetherError(
            code, message, hint: hint,
            place: Place(file: file, line: mark?.line, column: mark.map { String($0.column) }))
    }

    /// An error for a name that is none of those that it can be.
    func unknown(_ kind: String, _ name: String, among known: [String], at node: Node) -> BellwetherError {
        let near = nearestNames(to: name, among: known)
        let hint =
            near.isEmpty
            ? "it can be: \(known.joined(separator: ", "))" : "did you mean \(near.joined(separator: ", "))?"
        return error(.mappingUnknownName, "unknown \(kind) \(name)", at: node, hint: hint)
    }

    /// The entries of a map in order.
    ///
    /// - Throws: BW121 when the node is no map or has a key twice.
    func entries(_ node: Node, of what: String) throws(BellwetherError) -> [Entry] {
        guard case .mapping(let mapping) = node else {
            throw error(.mappingSyntax, "\(what) must be a map of `key: value`", at: node)
        }
        var entries: [Entry] = []
        var names: Set<String> = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw error(.mappingSyntax, "a key of \(what) is not a text", at: key)
            }
            guard names.insert(scalar.string).inserted else {
                throw error(.mappingSyntax, "the key \(scalar.string) stands twice", at: key)
            }
            entries.append(Entry(key: key, name: scalar.string, value: value))
        }
        return entries
    }

    /// The values of a map whose keys are known.
    ///
    /// - Throws: BW121, and BW122 for a key that is none of `keys`.
    func fields(_ node: Node, of what: String, keys: [String]) throws(BellwetherError) -> [String: Node] {
        var fields: [String: Node] = [:]
        for entry in try entries(node, of: what) {
            guard keys.contains(entry.name) else {
                throw unknown("key of \(what):", entry.name, among: keys, at: entry.key)
            }
            fields[entry.name] = entry.value
        }
        return fields
    }

    /// The text of a scalar; BW123 for anything else.
    func text(_ node: Node, of what: String) throws(BellwetherError) -> String {
        guard case .scalar(let scalar) = node, !isNull(node) else {
            throw error(.mappingBadValue, "\(what) must be a text", at: node)
        }
        return scalar.string
    }

    /// A text or a list of texts, at least one. With `literally` an unquoted `NULL` is a text too.
    func texts(_ node: Node, of what: String, literally: Bool = false) throws(BellwetherError) -> [String] {
        var nodes = [node]
        if case .sequence(let list) = node { nodes = Array(list) }
        guard !nodes.isEmpty else { throw error(.mappingBadValue, "\(what) must not be empty", at: node) }
        var texts: [String] = []
        for node in nodes {
            if literally, case .scalar(let scalar) = node {
                texts.append(scalar.string)
            } else {
                texts.append(try text(node, of: what))
            }
        }
        return texts
    }

    /// `true` or `false`.
    func flag(_ node: Node?, of what: String) throws(BellwetherError) -> Bool {
        guard let node else { return false }
        switch try text(node, of: what) {
        case "true": return true
        case "false": return false
        default: throw error(.mappingBadValue, "\(what) must be true or false", at: node)
        }
    }

    /// One of the words of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node, of what: String)
        throws(BellwetherError) -> Choice where Choice.RawValue == String
    {
        let word = try text(node, of: what)
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        throw error(
            .mappingBadValue, "\(what) cannot be \(word)", at: node,
            hint: "it can be: \(known.joined(separator: ", "))")
    }

    /// Whether a node is `null`, `~` or nothing at all, without quotes.
    func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
            return false
        }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
