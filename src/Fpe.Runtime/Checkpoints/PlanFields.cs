using System.Text.Json;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Checkpoints;

/// <summary>Writes the fields of a layer as JSON.</summary>
internal sealed class PlanFields(Utf8JsonWriter writer) : IPlanFields
{
    public void Add(string name, string value) => writer.WriteString(name, value);

    public void Add(string name, int value) => writer.WriteNumber(name, value);

    public void Add(string name, double value) => writer.WriteNumber(name, value);

    public void Add(ImageShape image)
    {
        writer.WriteStartArray("image");
        writer.WriteNumberValue(image.Channels);
        writer.WriteNumberValue(image.Height);
        writer.WriteNumberValue(image.Width);
        writer.WriteEndArray();
    }

    /// <summary>Returns the name of the strategy with its N:M pattern, if any: <c>Random 2:4</c>.</summary>
    private static string NameOf(ExpansionPlan expansion) =>
        expansion.Within == 0 ? expansion.Strategy.ToString() : $"{expansion.Strategy} {expansion.Within / expansion.Factor}:{expansion.Within}";

    public void Add(ExpansionPlan expansion)
    {
        writer.WriteStartObject("expansion");
        writer.WriteNumber("factor", expansion.Factor);
        writer.WriteString("strategy", NameOf(expansion));
        writer.WriteNumber("share", expansion.Share);
        writer.WriteString("outgoing", expansion.Outgoing.ToString());
        writer.WriteBoolean("tiesBiases", expansion.TiesBiases);
        writer.WriteStartArray("clauses");
        foreach (IReadOnlyList<int> clause in expansion.Clauses)
        {
            writer.WriteStartArray();
            foreach (int input in clause)
                writer.WriteNumberValue(input);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
