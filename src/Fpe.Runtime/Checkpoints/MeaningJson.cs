using System.Text.Json.Serialization;

namespace Fpe.Checkpoints;

/// <summary>The JSON form of names and standardisations, which is known at compile time: no type is determined by a file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(StandardizationRecord))]
internal sealed partial class MeaningJson : JsonSerializerContext;
