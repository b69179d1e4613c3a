using System.Text.Json.Serialization;

namespace Fpe.Tables;

/// <summary>The JSON form of encodings, which is known at compile time: no type is determined by a file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(EncodingFormat))]
[JsonSerializable(typeof(EncodingRecord))]
internal sealed partial class EncodingJson : JsonSerializerContext;
