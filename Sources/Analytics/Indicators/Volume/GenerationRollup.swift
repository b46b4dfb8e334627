import Model

/// Carries generated pipeline up the teams: metric 33, each deal once in every node above who had it on its first day.
public struct GenerationRollup: Sendable {
    /// What entered a node's pipeline in a window.
    public struct Entries: Sendable {
        /// By when it was to close.
        public internal(set) var byTiming: [GenerationTiming: DealSum] = [:]
        /// By lead source; nil is the key of those that name none.
        public internal(set) var bySource: [String?: DealSum] = [:]
        /// Of all, those whose day of entry is assumed.
        public internal(set) var assumed = 0
        /// All of it.
        public var all: DealSum { byTiming.values.reduce(.none, +) }
    }

    /// What became of a node's entries.
    public struct Fates: Sendable {
        /// By fate, at the amount of the day of entry.
        public internal(set) var byFate: [PipelineFate: DealSum] = [:]
        /// By lead source and fate.
        public internal(set) var bySource: [String?: [PipelineFate: DealSum]] = [:]
        /// What those that are not gone are worth on the day looked at, open, won and lost.
        public internal(set) var worth = Amount.zero
        /// The same by lead source.
        public internal(set) var worthBySource: [String?: Amount] = [:]
        /// All of them.
        public var all: DealSum { byFate.values.reduce(.none, +) }
        /// Of them, those that are open or won.
        public var alive: DealSum { byFate.filter { $0.key.isAlive }.values.reduce(.none, +) }
    }

    private struct Key: Hashable {
        let place: NodePlace
        let window: Int
    }

    private var entries: [Key: Entries] = [:]
    private var fates: [Key: Fates] = [:]

    /// What was generated, and what became of it, in an organisation.
    public init(_ cells: [GenerationCell], fates: [GenerationFate] = [], _ places: DealPlaces) {
        for cell in cells {
            for place in places.nodes(of: cell.holder) {
                let key = Key(place: place, window: cell.window)
                entries[key, default: Entries()].byTiming[cell.timing, default: .none] += cell.sum
                entries[key, default: Entries()].bySource[cell.leadSource, default: .none] += cell.sum
                entries[key, default: Entries()].assumed += cell.assumed
            }
        }
        for cell in fates {
            for place in places.nodes(of: cell.holder) {
                let key = Key(place: place, window: cell.window)
                self.fates[key, default: Fates()].byFate[cell.fate, default: .none] += cell.sum
                self.fates[key, default: Fates()]
                    .bySource[cell.leadSource, default: [:]][cell.fate, default: .none] += cell.sum
                self.fates[key, default: Fates()].worth += cell.worth
                self.fates[key, default: Fates()].worthBySource[cell.leadSource, default: .zero] += cell.worth
            }
        }
    }

    /// What entered a node's pipeline in a window.
    public func entries(_ place: NodePlace, in window: Int) -> Entries {
        entries[Key(place: place, window: window)] ?? Entries()
    }

    /// What became of it.
    public func fates(_ place: NodePlace, in window: Int) -> Fates {
        fates[Key(place: place, window: window)] ?? Fates()
    }
}
