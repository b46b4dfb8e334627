import Intake
import Model

/// The checks of one entity's snapshot before it is published; a person may accept each.
struct SnapshotGuards {
    let request: LoadRequest
    let files: EntityFiles

    private var entity: EntityMapping { files.entity }

    /// Holds a full snapshot without too large a share of the records of the day before.
    func checkGone(_ report: EntityReport) throws(BellwetherError) {
        let before = report.gone + report.changed + report.unchanged
        let share = Double(report.gone) / Double(max(1, before))
        guard report.kind == .full, report.gone > LoadRequest.goneAlwaysTaken,
            share > LoadRequest.goneShareLimit, !request.accepted.contains(.gone)
        else { return }
        throw BellwetherError(
            .guardGone,
            "\(report.gone) of \(before) records of \(entity.name) are not in the full snapshot, more than 20 %",
            hint: "Check whether the export broke off; if they are gone, run it again with --accept gone.",
            place: files.names.first.map { Place(file: $0) })
    }

    /// Holds a full snapshot without rows, or with too large a share of rows set aside.
    func checkRows(_ report: EntityReport) throws(BellwetherError) {
        if entity.kind == .full, report.read <= report.skipped + report.rejected,
            !request.accepted.contains(.empty)
        {
            throw BellwetherError(
                .guardEmpty,
                report.read == 0
                    ? "the full snapshot of \(entity.name) has no rows, which would close every record"
                    : "no row of the full snapshot of \(entity.name) counts, which would close every record",
                detail: report.read == 0
                    ? nil : "\(report.read) read, \(report.rejected) set aside, \(report.skipped) left out",
                hint: "If it is meant, run it again with --accept empty.",
                place: files.names.first.map { Place(file: $0) })
        }
        let share = Double(report.rejected) / Double(max(1, report.read))
        if report.rejected > LoadRequest.rejectsAlwaysTaken, share > LoadRequest.rejectedShareLimit,
            !request.accepted.contains(.rejects)
        {
            throw BellwetherError(
                .guardRejects,
                "\(report.rejected) of \(report.read) rows of \(entity.name) were set aside, more than 5 %",
                hint:
                    "See them with `bellwether rejects`; if they may stay out, run it again with --accept rejects.",
                place: files.names.first.map { Place(file: $0) })
        }
    }
}
