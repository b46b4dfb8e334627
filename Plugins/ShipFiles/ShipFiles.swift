import Foundation
import PackagePlugin

/// Turns the files of `sql/` and `etl/mappings/` into one Swift source, so that the binary
/// works when copied alone to another folder.
@main
struct ShipFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let inputs = ["sql", "etl/mappings"].flatMap { files(below: root.appending(path: $0)) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Shipped.generated.swift")
        return [
            .buildCommand(
                displayName: "Ship sql/ and etl/mappings/",
                executable: try context.tool(named: "ship-files").url,
                arguments: [output.path, root.path] + inputs.map(\.path),
                inputFiles: inputs,
                outputFiles: [output])
        ]
    }

    private func files(below folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let all = (found?.allObjects ?? []).compactMap { $0 as? URL }
        return
            all
            .filter { ["sql", "yml"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
    }
}
