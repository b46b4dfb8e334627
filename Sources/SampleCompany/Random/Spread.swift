/// How far values lie around their median: the quantiles of a log-normal distribution in
/// thousandths of the median, at 33 steps from 1 % to 99 %.
struct Spread: Sendable {
    let perMille: [Int]

    /// Amounts of deals: 1000 · exp(0.8 z).
    static let amounts = Spread(perMille: [
        156, 248, 309, 362, 410, 456, 501, 546, 590, 636, 682, 730, 779, 830, 884, 940, 1000,
        1063, 1131, 1204, 1284, 1370, 1466, 1573, 1694, 1833, 1996, 2193, 2439, 2764, 3232, 4034, 6431,
    ])

    /// Lengths of sales cycles: 1000 · exp(0.45 z).
    static let cycles = Spread(perMille: [
        351, 456, 517, 564, 606, 643, 678, 711, 743, 775, 806, 838, 869, 901, 933, 966, 1000,
        1035, 1072, 1110, 1151, 1194, 1240, 1290, 1345, 1406, 1475, 1555, 1651, 1772, 1935, 2191, 2849,
    ])
}
