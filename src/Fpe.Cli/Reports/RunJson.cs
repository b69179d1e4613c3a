using System.Text.Json.Serialization;
using Fpe.Cli.Running;

namespace Fpe.Cli.Reports;

/// <summary>How runs are written as JSON, known at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<RunRecord>))]
internal sealed partial class RunJson : JsonSerializerContext;
