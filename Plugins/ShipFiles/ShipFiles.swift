import Foundation
import PackagePlugin

/// Turns the files of `sql/` and `etl/mappings/` into one Swift source, so that the binary
/// works when copied alone to another folder.
@main
struct ShipFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "Shipped.generated.swift")
        let folders = ["sql", "etl/mappings"]
        return [
            .buildCommand(
                displayName: "Ship sql/ and etl/mappings/",
                executable: try context.tool(named: "ship-files").url,
                arguments: [output.path, root.path] + folders,
                // The folders too: a file that is added or taken away changes its folder's time.
                inputFiles: folders.flatMap { contents(of: root.appending(path: $0)) },
                outputFiles: [output])
        ]
    }

    private func contents(of folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return [folder] + (found?.allObjects ?? []).compactMap { $0 as? URL }
    }
}
