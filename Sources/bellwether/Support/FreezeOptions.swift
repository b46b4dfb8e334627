import Answers
import ArgumentParser

/// Whether a frozen period is shown as frozen: the same for every question that can do both.
struct FreezeOptions: ParsableArguments {
    @Flag(name: .long, help: "The period as frozen; refused while it is not.")
    var frozen = false

    @Flag(
        name: .long,
        help: "A frozen period as it stands on the day asked for. Default: as frozen.")
    var current = false

    func validate() throws {
        if frozen, current { throw ValidationError("Give --frozen or --current, not both.") }
    }

    var reading: PeriodReading { frozen ? .frozen : current ? .current : .frozenIfSo }
}
