/// What the company sells.
struct Product: Sendable {
    let id: String
    let name: String
    let family: String
    /// The price of one unit in whole dollars.
    let listPrice: Int

    static let all = [
        Product(id: "HX-100", name: "HX-100 flow meter", family: "Flow", listPrice: 3_850),
        Product(id: "HX-400", name: "HX-400 Coriolis flow meter", family: "Flow", listPrice: 11_200),
        Product(id: "PT-20", name: "PT-20 pressure transmitter", family: "Pressure", listPrice: 1_190),
        Product(id: "TC-8", name: "TC-8 temperature array", family: "Temperature", listPrice: 2_640),
        Product(id: "GA-7", name: "GA-7 gas analyser", family: "Analysis", listPrice: 18_900),
        Product(id: "LQ-3", name: "LQ-3 liquid analyser", family: "Analysis", listPrice: 15_400),
        Product(id: "EDGE", name: "Edge gateway, \"one box\"", family: "Connectivity", listPrice: 4_200),
        Product(id: "CARE", name: "Calibration and care plan", family: "Services", listPrice: 9_600),
    ]
}
