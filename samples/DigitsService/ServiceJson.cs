using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Samples.DigitsService;

/// <summary>JSON without reflection, so that the service can be compiled ahead of time.</summary>
[JsonSerializable(typeof(DigitRequest))]
[JsonSerializable(typeof(DigitAnswer[]))]
[JsonSerializable(typeof(AllocationCount))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ServiceJson : JsonSerializerContext;
