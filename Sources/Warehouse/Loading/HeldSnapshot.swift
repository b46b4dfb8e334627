import Intake
import Model

/// A guard that holds a snapshot, with the rows that it set aside.
struct HeldSnapshot: Error {
    let error: BellwetherError
    let rejects: [Reject]
    let rejectCount: Int
}
