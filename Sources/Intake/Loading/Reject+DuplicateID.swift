import Model

extension Reject {
    /// A row whose key another row has with other content: which of them is right cannot be told.
    public init(duplicateID id: String, entity: String, file: String, line: Int) {
        self.init(
            entity: entity, file: file, line: line, id: id,
            faults: [
                Fault(
                    column: nil, value: id, code: .rowDuplicateID,
                    reason: "another row has the same id and other content")
            ])
    }
}
