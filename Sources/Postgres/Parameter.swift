/// A value for `$1`, `$2` … of a statement. NULL is `nil` in the list of parameters.
///
/// Without a type the server infers it from where the parameter stands, as it does for a literal
/// in quotes; `$1::numeric` in the SQL, or `type:` here, settles it where it cannot.
/// ```swift
/// try connection.execute("insert into deal values ($1, $2, $3)", ["0061", .text(amount, type: .numeric), nil])
/// ```
public struct Parameter: Sendable, Hashable {
    enum Value: Sendable, Hashable {
        case text(String)
        case binary([UInt8])
    }

    let value: Value
    let type: TypeOID?

    /// A text, or any value in the text form that its type is written in.
    public static func text(_ text: String, type: TypeOID? = nil) -> Parameter {
        Parameter(value: .text(text), type: type)
    }

    /// A whole number.
    public static func int(_ number: Int, type: TypeOID? = nil) -> Parameter {
        Parameter(value: .text(String(number)), type: type)
    }

    /// A truth value.
    public static func bool(_ flag: Bool) -> Parameter {
        Parameter(value: .text(flag ? "t" : "f"), type: .bool)
    }

    /// Bytes for a `bytea`, sent as they are.
    public static func bytes(_ bytes: [UInt8]) -> Parameter {
        Parameter(value: .binary(bytes), type: .bytea)
    }

    /// A one-dimensional `text[]`; nil stands for a NULL in it.
    public static func textArray(_ elements: [String?]) -> Parameter {
        Parameter(value: .text(arrayLiteral(elements)), type: .textArray)
    }

    /// PostgreSQL's text form of a one-dimensional array. Each element is quoted, so that neither an empty
    /// text, nor one that says NULL, nor a comma, brace or space is misread.
    static func arrayLiteral(_ elements: [String?]) -> String {
        var literal = "{"
        for (index, element) in elements.enumerated() {
            if index > 0 { literal += "," }
            guard let element else {
                literal += "NULL"
                continue
            }
            literal += "\""
            // By scalars: in a Character a backslash or quote can hide behind a combining mark.
            for scalar in element.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { literal += "\\" }
                literal.unicodeScalars.append(scalar)
            }
            literal += "\""
        }
        return literal + "}"
    }
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
