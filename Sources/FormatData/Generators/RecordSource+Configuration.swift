import AnswerValidation
import JSON
import SeededRandom

extension RecordSource {
  private static let features = [
    "darkMode", "search", "exports", "comments", "billing", "alerts", "imports", "sharing", "history", "labels",
  ]
  private static let variants = ["control", "compact", "wide", "guided"]
  private static let permissions = ["read", "write", "delete", "publish", "invite", "manage_users", "manage_roles"]
  private static let roles = ["viewer", "editor", "publisher", "moderator", "operator", "owner"]
  private static let groups = ["platform", "support", "research", "design"]

  /// A tree of settings.
  ///
  /// - Parameter count: its features; the rest keeps its size.
  func configuration(_ count: Int) -> JSONValue {
    var generator = generator("configuration")
    return [
      "environment": .string(generator.pick(["production", "staging", "development"])),
      "version": .string("\(generator.next(in: 1...9)).\(generator.next(in: 0...20)).\(generator.next(in: 0...9))"),
      "database": database(&generator), "features": features(count), "authentication": authentication(&generator),
      "permissions": permissions(&generator),
    ]
  }

  private func database(_ generator: inout SeededGenerator) -> JSONValue {
    let replicas: [JSONValue] = (1...4).map { index in
      [
        "host": .string("replica-\(index).db.example.net"), "port": JSONValue(5432 + generator.next(in: 0...3)),
        "priority": JSONValue(index), "region": .string(generator.pick(["north", "south", "east"])),
      ]
    }
    return [
      "host": .string("\(generator.pick(["oak", "elm", "fir"])).db.example.net"), "port": 5432,
      "name": .string(generator.pick(["ledger", "catalog", "archive"])),
      "pool": [
        "min": JSONValue(generator.next(in: 1...5)), "max": JSONValue(generator.next(in: 10...60)),
        "idleTimeout": JSONValue(generator.next(in: 10...60) * 1000),
      ],
      "replicas": .array(replicas),
    ]
  }

  /// From a stream of its own, so that more features leave the rest as it is.
  private func features(_ count: Int) -> JSONValue {
    var generator = generator("features")
    return .object(
      JSONObject(
        distinct: (0..<count).map { index in
          let word = Self.features[index % Self.features.count]
          let name = index < Self.features.count ? word : "\(word)\(index / Self.features.count + 1)"
          let variants: [JSONValue] = Self.variants.prefix(generator.next(in: 1...3)).map { variant in
            [
              "name": .string(variant), "weight": JSONValue(generator.next(in: 1...9) * 10),
              "config": [
                "theme": .string(generator.pick(["dark", "light"])), "animations": .bool(generator.chance(50)),
              ],
            ]
          }
          let feature: JSONValue = [
            "enabled": .bool(generator.chance(60)), "rollout": JSONValue(generator.next(in: 0...100)),
            "variants": .array(variants),
          ]
          return (key: name, value: feature)
        }))
  }

  private func authentication(_ generator: inout SeededGenerator) -> JSONValue {
    let providers: [JSONValue] = ["oauth2", "saml", "ldap"].map { name in
      let scopes = ["read", "write", "admin"].prefix(generator.next(in: 1...3))
      return [
        "name": .string(name), "clientId": .string(generator.token(12, "0123456789abcdef")),
        "scopes": .array(scopes.map { .string($0) }),
        "config": ["url": .string("https://\(name).example.net"), "timeout": JSONValue(generator.next(in: 1...30))],
      ]
    }
    return [
      "providers": .array(providers),
      "session": [
        "secret": .string(generator.token(24, "0123456789abcdef")),
        "duration": JSONValue(generator.next(in: 1...24) * 3600),
        "refreshThreshold": JSONValue(generator.next(in: 5...60) * 60),
      ],
    ]
  }

  private func permissions(_ generator: inout SeededGenerator) -> JSONValue {
    var names = PersonNames(self.generator("names"))
    var roles = JSONObject()
    var before: [JSONValue] = []
    for name in Self.roles {
      let allowed = Self.permissions.prefix(generator.next(in: 1...Self.permissions.count))
      roles[name] = ["permissions": .array(allowed.map { .string($0) }), "inherits": .array(before)]
      before = [.string(name)]
    }
    var groups = JSONObject()
    for name in Self.groups {
      let members = (0..<generator.next(in: 2...5)).map { _ in JSONValue.string(names.next(domain: "example.com").email)
      }
      groups[name] = [
        "members": .array(members), "roles": .array(Self.roles.suffix(generator.next(in: 1...3)).map { .string($0) }),
      ]
    }
    return ["roles": .object(roles), "groups": .object(groups)]
  }
}
