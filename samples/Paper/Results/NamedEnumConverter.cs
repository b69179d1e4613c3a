using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>Enumerations by name alone: a number may stand for no member, and then has no key.</summary>
internal sealed class NamedEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(namingPolicy: null, allowIntegerValues: false)
    where TEnum : struct, Enum;
