/// The number by which PostgreSQL knows a data type.
public struct TypeOID: Sendable, Hashable, RawRepresentable {
    /// The number in `pg_type`.
    public let rawValue: UInt32

    /// The type of that number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    // The built-in numbers never change: src/include/catalog/pg_type.dat.

    /// `boolean`.
    public static let bool = TypeOID(rawValue: 16)
    /// `bytea`.
    public static let bytea = TypeOID(rawValue: 17)
    /// `name`, an identifier.
    public static let name = TypeOID(rawValue: 19)
    /// `bigint`.
    public static let int8 = TypeOID(rawValue: 20)
    /// `smallint`.
    public static let int2 = TypeOID(rawValue: 21)
    /// `integer`.
    public static let int4 = TypeOID(rawValue: 23)
    /// `text`.
    public static let text = TypeOID(rawValue: 25)
    /// `json`.
    public static let json = TypeOID(rawValue: 114)
    /// `real`.
    public static let float4 = TypeOID(rawValue: 700)
    /// `double precision`.
    public static let float8 = TypeOID(rawValue: 701)
    /// `character(n)`.
    public static let bpchar = TypeOID(rawValue: 1042)
    /// `character varying`.
    public static let varchar = TypeOID(rawValue: 1043)
    /// `date`.
    public static let date = TypeOID(rawValue: 1082)
    /// `timestamp with time zone`.
    public static let timestamptz = TypeOID(rawValue: 1184)
    /// `numeric`.
    public static let numeric = TypeOID(rawValue: 1700)
    /// `text[]`.
    public static let textArray = TypeOID(rawValue: 1009)
    /// `uuid`.
    public static let uuid = TypeOID(rawValue: 2950)
    /// `jsonb`.
    public static let jsonb = TypeOID(rawValue: 3802)
}

extension TypeOID: CustomStringConvertible {
    /// The type's name where it is known here, else its number.
    public var description: String { Self.names[self] ?? "type \(rawValue)" }

    private static let names: [TypeOID: String] = [
        .bool: "boolean", .bytea: "bytea", .name: "name", .int8: "bigint", .int2: "smallint",
        .int4: "integer", .text: "text", .json: "json", .float4: "real", .float8: "double precision",
        .bpchar: "character", .varchar: "character varying", .date: "date",
        .timestamptz: "timestamp with time zone", .numeric: "numeric", .textArray: "text[]",
        .uuid: "uuid", .jsonb: "jsonb",
    ]
}
