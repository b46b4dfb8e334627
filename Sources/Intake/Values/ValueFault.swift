import Model

/// Why a cell cannot be read.
struct ValueFault: Error, Hashable {
    let code: ErrorCode
    /// What is wrong, to follow the column's name: `is not a number …`.
    let reason: String

    init(_ code: ErrorCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
