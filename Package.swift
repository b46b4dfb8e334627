// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    // An existential is spelled `any`:
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // A member is visible only where its module is imported:
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "bellwether",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bellwether", targets: ["bellwether"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        // C
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(name: "CSpawn"),

        // The one-way street: a target may import only what stands above it.
        .target(
            name: "Postgres",
            dependencies: ["CLibPQ", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings),
        .target(name: "Model", swiftSettings: settings),
        .target(name: "PrivateServer", dependencies: ["CSpawn", "Model"], swiftSettings: settings),
        .target(
            name: "Intake", dependencies: ["Model", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .target(
            name: "Warehouse", dependencies: ["Postgres", "Model", "Intake", "ShippedFiles"],
            swiftSettings: settings),
        .target(
            name: "Analytics",
            dependencies: ["Model", .product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: settings),
        .target(
            name: "Answers", dependencies: ["Model", "Warehouse", "Analytics"],
            swiftSettings: settings),
        .target(name: "Render", dependencies: ["Model"], swiftSettings: settings),
        .target(name: "SampleCompany", dependencies: ["Model"], swiftSettings: settings),
        .executableTarget(
            name: "bellwether",
            dependencies: [
                "Postgres", "Model", "PrivateServer", "Intake", "Warehouse", "Analytics", "Answers",
                "Render", "SampleCompany", "ShippedFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings),

        // sql/ and etl/mappings/ travel inside the binary.
        .target(name: "ShippedFiles", swiftSettings: settings, plugins: ["ShipFiles"]),
        .plugin(name: "ShipFiles", capability: .buildTool(), dependencies: ["ship-files"]),
        .executableTarget(name: "ship-files", swiftSettings: settings),

        // Tests
        .target(
            name: "TestSupport", dependencies: ["Model", "Postgres", "PrivateServer", "Warehouse"],
            path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "TestSupport"], resources: [.copy("Fixtures")],
            swiftSettings: settings),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Postgres", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings),
        .testTarget(
            name: "PrivateServerTests", dependencies: ["PrivateServer", "Model", "bellwether"],
            swiftSettings: settings),
        .testTarget(
            name: "AnalyticsTests", dependencies: ["Analytics", "Model", "TestSupport"],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "bellwether", "Answers", "Model", "Postgres", "PrivateServer", "TestSupport", "Warehouse",
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Goldens"], swiftSettings: settings),
        .testTarget(name: "RenderTests", dependencies: ["Render", "Model"], swiftSettings: settings),
        .testTarget(
            name: "WarehouseTests",
            dependencies: ["Warehouse", "Intake", "Postgres", "Model", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SampleCompanyTests", dependencies: ["SampleCompany", "Model"], exclude: ["Oracle"],
            swiftSettings: settings),
        .testTarget(
            name: "IntakeTests", dependencies: ["Intake", "Model", "FuzzTargets"], exclude: ["Fixtures"],
            swiftSettings: settings),
        // What a fuzzer does with an input, and the tests with each input that was kept.
        .target(
            name: "FuzzTargets", dependencies: ["Intake", "Model"], path: "Tests/Fuzz/Targets",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz` builds two fuzzers, with the compiler's probes in all that they look into.
if Context.environment["BELLWETHER_FUZZ"] != nil {
    let probes = ["-sanitize=fuzzer,address"]
    for target in package.targets where ["Model", "Intake", "FuzzTargets"].contains(target.name) {
        target.swiftSettings = settings + [.unsafeFlags(probes + ["-enable-testing"])]
    }
    for name in ["Readers", "Mappings"] {
        package.targets.append(
            .executableTarget(
                name: "fuzz-\(name.lowercased())", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/\(name)",
                swiftSettings: settings + [.unsafeFlags(probes)],
                linkerSettings: [
                    .unsafeFlags(probes),
                    // gold, Swift's linker on Linux, fails over the probes.
                    .unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux])),
                ]))
    }
}
