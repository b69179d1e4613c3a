using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fpe.EndToEnd.Tests.Sweeps;

/// <summary>Lines of results without times, the one thing that differs between repetitions.</summary>
internal static class StoredResults
{
    /// <summary>Returns the lines of a file, in its order.</summary>
    public static string[] Lines(string file) => [.. File.ReadLines(file).Select(WithoutTimes)];

    /// <summary>Returns the lines of all files of a folder, in the order of their text.</summary>
    public static string[] Sorted(string folder) =>
        [.. Directory.GetFiles(folder, "*.jsonl").SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static string WithoutTimes(string line)
    {
        JsonNode json = JsonNode.Parse(line)!;
        JsonNode result = json["result"]!;
        JsonNode timed = result["record"] ?? result;
        timed["seconds"] = 0;
        return json.ToJsonString(JsonSerializerOptions.Web);
    }
}
