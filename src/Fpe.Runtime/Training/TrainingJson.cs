using System.Text.Json.Serialization;

namespace Fpe.Training;

/// <summary>The JSON form of a run's progress, which is known at compile time: no type is determined by a file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingProgress))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class TrainingJson : JsonSerializerContext;
