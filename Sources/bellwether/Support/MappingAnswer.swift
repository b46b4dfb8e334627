import Answers
import Foundation
import Intake
import Model

/// A checked mapping as an answer; with a sample, the first rows of each entity as they would be loaded.
///
/// - Throws: `BW101`–`BW109` for a sample that is refused.
func mappingAnswer(_ mapping: Mapping, sample: String?, rows: Int) throws(BellwetherError) -> Answer {
    var tables: [AnswerTable] = []
    var warnings: [AnswerWarning] = []
    var headline: Phrase =
        "The mapping \(mapping.name) is sound: \(mapping.entities.count) entities from source \(mapping.source)"
    if let sample {
        let folder = try resolve(mapping, sample)
        for files in folder.entities where files.isComplete && !files.names.isEmpty {
            let preview = try EntityReader(mapping: mapping, files: files).preview(limit: rows)
            tables.append(previewTable(preview, files.entity.name))
            warnings += rejectWarnings(preview, files.entity.name)
        }
        headline = "\(headline); the first rows of \(sample) as they would be loaded"
        if !folder.unmapped.isEmpty {
            warnings.append(
                AnswerWarning("unmapped_files", "Not mapped: \(folder.unmapped.joined(separator: ", "))"))
        }
    } else {
        tables.append(entitiesTable(mapping))
    }
    return Answer(
        question: "mapping check", headline: headline, tables: tables, warnings: warnings,
        passport: Passport(
            question: "mapping check", metrics: [], asOf: nil, snapshotDay: nil, load: nil,
            filters: [.init("mapping", mapping.name)], rowCount: tables.reduce(0) { $0 + $1.rows.count },
            programVersion: programVersion))
}

private func resolve(_ mapping: Mapping, _ sample: String) throws(BellwetherError) -> FolderFiles {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: sample, isDirectory: &isFolder), !isFolder.boolValue {
        return try mapping.resolve(paths: [sample], within: sample)
    }
    return try mapping.resolve(in: sample)
}

private func entitiesTable(_ mapping: Mapping) -> AnswerTable {
    AnswerTable(
        name: "entities",
        columns: [
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("kind", title: "Kind", kind: .text),
            AnswerColumn("files", title: "Files", kind: .text),
        ],
        rows: mapping.entities.map { entity in
            AnswerTable.Row([
                .text(entity.name), .text(entity.kind.rawValue),
                .text(entity.isConstant ? "(in the mapping)" : entity.patterns.joined(separator: ", ")),
            ])
        })
}

/// A row a record; columns that no record of the preview fills are left out on a terminal.
private func previewTable(_ preview: Preview, _ entity: String) -> AnswerTable {
    let columns = preview.schema.columns.enumerated().map { index, column in
        AnswerColumn(
            column.name, kind: .text, isDetail: !preview.rows.contains { $0.values[index] != nil })
    }
    return AnswerTable(
        name: entity, title: "\(entity)",
        columns: [AnswerColumn("line", kind: .integer), AnswerColumn("id", kind: .text)] + columns,
        rows: preview.rows.map { row in
            AnswerTable.Row(
                [.integer(row.line), .text(row.id)] + row.values.map { $0.map { .text($0) } ?? .null })
        },
        notes: preview.rows.isEmpty ? ["No rows"] : [])
}

private func rejectWarnings(_ preview: Preview, _ entity: String) -> [AnswerWarning] {
    preview.rejects.prefix(5).map { reject in
        let place = "\(reject.file):\(reject.line)" + (reject.column.map { " (\($0))" } ?? "")
        return AnswerWarning("reject", "\(entity), \(place): \(reject.code.rawValue) \(reject.reason)")
    }
}
