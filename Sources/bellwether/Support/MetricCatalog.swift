import Intake
import Model
import ShippedFiles

/// The contracts of all metrics, as they ship with the program.
enum MetricCatalog {
    /// Reads them.
    ///
    /// - Throws: `BW125` for a contract with a mistake.
    static func contracts() throws(BellwetherError) -> [MetricContract] {
        var contracts: [MetricContract] = []
        for file in ShippedFile.files(below: "sql/metrics") {
            contracts.append(try MetricContract.parse(text: file.text, file: file.path))
        }
        return contracts
    }
}
