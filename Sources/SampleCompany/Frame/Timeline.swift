import Model

/// A value that changes on known days: a person's team, a team's lead.
public struct Timeline<Value: Sendable>: Sendable {
    private var first: Value
    private var later: [(from: Day, value: Value)] = []

    /// The same value on every day.
    public init(_ value: Value) {
        first = value
    }

    /// From that day on the value is another; days are given in rising order.
    public mutating func set(_ value: Value, from day: Day) {
        later.append((day, value))
    }

    /// The value at the end of a day.
    public subscript(day: Day) -> Value {
        later.last { $0.from <= day }?.value ?? first
    }
}
