using System.Text.Json.Serialization;

namespace Fpe.Tables;

/// <summary>The version of the format of an encoding in a file, which every version has, whatever else it has.</summary>
/// <param name="Format">The version.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record EncodingFormat(int Format);
