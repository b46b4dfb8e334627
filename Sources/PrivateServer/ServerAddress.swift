import Foundation

/// Where a private server is reached.
public struct ServerAddress: Sendable, Hashable {
    /// The folder of the Unix socket.
    public let socketDirectory: String
    /// The number in the socket's name; no TCP port is open.
    public let port: Int
    /// The database.
    public let database: String
    /// The database role.
    public let user: String

    /// An address; port, database and role default to those of every private server.
    public init(
        socketDirectory: String, port: Int = 5432, database: String = "bellwether",
        user: String = "bellwether"
    ) {
        self.socketDirectory = socketDirectory
        self.port = port
        self.database = database
        self.user = user
    }

    /// The address as a URL that libpq, and so psql, understands.
    public var url: String {
        "postgresql://\(escaped(user))@\(escaped(socketDirectory)):\(port)/\(escaped(database))"
    }

    /// The address as libpq's connection keywords.
    public var keywords: [String: String] {
        ["host": socketDirectory, "port": String(port), "dbname": database, "user": user]
    }

    /// The socket's own path.
    var socket: String { socketDirectory + "/.s.PGSQL.\(port)" }

    /// The lock that PostgreSQL keeps beside its socket.
    var socketLock: String { socket + ".lock" }

    private func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."), UInt8(ascii: "~"):
                    true
                default: false
                }
            return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
