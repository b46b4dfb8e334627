import Model

/// How the exports of one CRM become records: which file holds which entity, and which of its
/// columns holds what. Written as YAML; `etl/README.md` describes every key.
public struct Mapping: Sendable {
    /// The days on which a snapshot is expected; only such a day without one is a gap.
    public enum ExpectedDays: String, Sendable, Hashable, CaseIterable {
        case daily, weekdays, weekly, monthly
        /// No day is expected: exports come when they come.
        case irregular
    }

    /// The mapping's name, such as `maven-crm`.
    public let name: String
    /// The first part of every key: one CRM instance or export scope.
    public let source: String
    /// The days on which a snapshot is expected.
    public let expectedDays: ExpectedDays
    /// The first day for which a history export of the CRM is trusted, as after a migration; nil for all of it.
    public let historyStart: Day?
    /// The entities in the order of the text.
    public let entities: [EntityMapping]
    /// The file that the text came from, as the person gave it.
    public let file: String
    /// The whole text.
    public let text: String

    /// The hash of the text.
    public var hash: Hash128 { Hash128(of: text) }

    /// The mapping of an entity; nil when this mapping does not fill it.
    public func entity(named name: String) -> EntityMapping? {
        entities.first { $0.name == name }
    }
}
