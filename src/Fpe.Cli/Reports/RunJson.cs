using System.Text.Json.Serialization;
using Fpe.Cli.Running;

namespace Fpe.Cli.Reports;

/// <summary>The JSON form of runs, which is known at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<RunRecord>))]
internal sealed partial class RunJson : JsonSerializerContext;
