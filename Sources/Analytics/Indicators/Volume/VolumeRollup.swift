import Model

/// Carries events up the teams: metric 9, each event once in every node above its holder.
public struct VolumeRollup: Sendable {
    private struct Key: Hashable {
        let place: NodePlace
        let event: VolumeEvent
    }

    private var sums: [Key: [DealSum]] = [:]
    private let none: [DealSum]

    /// The events of an organisation in so many windows.
    public init(_ cells: [VolumeCell], _ places: DealPlaces, windows: Int) {
        none = [DealSum](repeating: .none, count: windows)
        for cell in cells where none.indices.contains(cell.window) {
            for place in places.nodes(of: cell.holder) {
                sums[Key(place: place, event: cell.event), default: none][cell.window] += cell.sum
            }
        }
    }

    /// The sums of a node's events by window, the newest first; zeros where there are none.
    public subscript(place: NodePlace, event: VolumeEvent) -> [DealSum] {
        sums[Key(place: place, event: event)] ?? none
    }
}
