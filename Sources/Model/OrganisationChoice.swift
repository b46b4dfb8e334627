/// By the organisation of which day deals are rolled up and filtered.
public enum OrganisationChoice: Sendable, Hashable {
    /// Open deals by that of the day read, closed ones by that of the day on which they closed.
    case asWas
    /// All deals by that of the newest day, whatever day is read.
    case asIs
    /// All deals by that of a day.
    case day(Day)

    /// The choice as a person writes it: `as-was`, `as-is` or a day.
    ///
    /// - Throws: `BW540` for anything else.
    public init(_ text: String) throws(BellwetherError) {
        switch text {
        case "as-was": self = .asWas
        case "as-is": self = .asIs
        default:
            guard let day = Day(text) else {
                throw BellwetherError(
                    .organisationUnknown, "“\(text)” is no organisation",
                    hint: "Write as-was, as-is, or a day such as 2026-11-01.")
            }
            self = .day(day)
        }
    }
}
