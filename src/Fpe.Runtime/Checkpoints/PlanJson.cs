using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fpe.Manifests;

namespace Fpe.Checkpoints;

/// <summary>Writes the compile-time plan of a model as JSON, and compares a stored plan with a model's.</summary>
internal static class PlanJson
{
    /// <summary>The maximum number of characters of a stored value in a message.</summary>
    private const int LongestValue = 60;

    /// <summary>The field with the values that a layer reads, if it does not read the previous layer.</summary>
    private const string Sources = "from";

    /// <summary>Writes a plan.</summary>
    public static string Write(ModelPlan plan)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, plan);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Compares a stored plan with that of a model.</summary>
    /// <param name="stored">The stored plan.</param>
    /// <param name="plan">The plan of the model.</param>
    /// <param name="isExpanded">Whether the stored model is expanded, so that expansions must be equal.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="CheckpointFormatException">The stored plan is not valid JSON.</exception>
    /// <exception cref="CheckpointMismatchException">A field differs; the message contains its path and both values.</exception>
    public static void RequireSame(string stored, ModelPlan plan, bool isExpanded, string file)
    {
        using JsonDocument theirs = Parse(stored, file);
        using JsonDocument ours = JsonDocument.Parse(Write(plan));
        Require(theirs.RootElement, ours.RootElement, plan.Name);

        void Require(JsonElement theirs, JsonElement ours, string path)
        {
            if (theirs.ValueKind != ours.ValueKind)
            {
                throw Differs(path, theirs, ours);
            }
            else if (ours.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in ours.EnumerateObject().Where(property => !(isExpanded ? FreeFields.Always : FreeFields.OfDenseParents).Contains(property.Name)))
                {
                    if (!theirs.TryGetProperty(property.Name, out JsonElement value))
                        throw Differs($"{path}.{property.Name}", theirs: null, property.Value);
                    Require(value, property.Value, $"{path}.{property.Name}");
                }

                if (theirs.TryGetProperty(Sources, out JsonElement sources) && !ours.TryGetProperty(Sources, out _))
                    throw new CheckpointMismatchException(file, $"{path}.{Sources} is {Shorten(sources.GetRawText())} in the file, but the previous layer in the model; load it into the model that was saved.");
            }
            else if (ours.ValueKind == JsonValueKind.Array)
            {
                if (theirs.GetArrayLength() != ours.GetArrayLength())
                    throw new CheckpointMismatchException(file, $"{path} has {theirs.GetArrayLength()} elements in the file, but {ours.GetArrayLength()} in the model; load it into the model that was saved.");
                foreach ((JsonElement their, (int index, JsonElement our)) in theirs.EnumerateArray().Zip(ours.EnumerateArray().Index()))
                    Require(their, our, $"{path}[{index}]");
            }
            else if (theirs.GetRawText() != ours.GetRawText())
            {
                throw Differs(path, theirs, ours);
            }
        }

        CheckpointMismatchException Differs(string path, JsonElement? theirs, JsonElement ours) => new(
            file, $"{path} is {(theirs is { } value ? Shorten(value.GetRawText()) : "missing")} in the file, but {ours.GetRawText()} in the model; load it into the model that was saved.");
    }

    private static string Shorten(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";

    private static JsonDocument Parse(string stored, string file)
    {
        try
        {
            return JsonDocument.Parse(stored, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new CheckpointFormatException(file, $"metadata {FileKeys.Plan} is not a plan: {error.Message} Save the model again.", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, ModelPlan plan)
    {
        writer.WriteStartObject();
        writer.WriteString("model", plan.Name);
        writer.WriteNumber("inputs", plan.InputCount);
        writer.WriteBoolean("countBiases", plan.CountBiases);
        writer.WriteNumber("denseWeights", plan.DenseWeights);
        writer.WriteNumber("expandedWeights", plan.ExpandedWeights);
        writer.WriteStartArray("layers");
        var fields = new PlanFields(writer);
        foreach ((int index, LayerPlan layer) in plan.Layers.Index())
        {
            writer.WriteStartObject();
            writer.WriteString("name", layer.Name);
            if (!plan.SourcesOf(index).SequenceEqual([index - 1]))
                WriteSources(writer, layer.From);
            writer.WriteNumber("inputs", layer.Inputs);
            writer.WriteNumber("outputs", layer.Outputs);
            layer.Describe(fields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartArray(Sources);
        foreach (string name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}
