using System.Text.Json;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>A run as a JSON report has it.</summary>
internal sealed class Run(JsonElement json)
{
    public IEnumerable<string> Names => json.EnumerateObject().Select(property => property.Name);

    public bool IsDense => json.GetProperty("strategy").GetString() == "dense";

    public JsonElement this[string name] => json.GetProperty(name);

    public static Run[] ReadAll(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.EnumerateArray().Select(run => new Run(run.Clone()))];
    }
}
