using System.Globalization;
using System.Text;
using System.Text.Json;
using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Onnx.Layers;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Export;

/// <summary>What an ONNX file says about the model besides the graph: its plan, its counts, and how layers are written.</summary>
internal static class Metadata
{
    public static IEnumerable<StringStringEntryProto> Of(Model model, IReadOnlyList<WrittenLayer> written)
    {
        yield return Entry("fpe.model", model.Plan.Name);
        yield return Entry("fpe.expanded", model.IsExpanded ? "true" : "false");
        yield return Entry("fpe.dense_weights", Text(model.Plan.DenseWeights));
        yield return Entry("fpe.weights", Text(model.WeightCount));
        yield return Entry("fpe.biases", Text(model.BiasCount));
        foreach ((string key, string value) in MeaningMetadata.Of(model.Meaning))
            yield return Entry(key, value);
        yield return Entry("fpe.layers", Layers(model, written.ToDictionary(layer => (Layer)layer.Layer)));
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Layers(Model model, Dictionary<Layer, WrittenLayer> written)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (Layer layer in model.Layers)
                Write(json, layer, written.GetValueOrDefault(layer));
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Layer layer, WrittenLayer? written)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Name);
        json.WriteString("type", layer.GetType().Name);
        json.WriteNumber("inputs", layer.InputCount);
        json.WriteNumber("outputs", layer.OutputCount);
        if (layer.Plan is LinearPlan plan)
        {
            json.WriteString("activation", plan.Activation.Kind.ToString());
            if (plan.Activation.Kind == ActivationFunction.LeakyRelu)
                json.WriteNumber("slope", plan.Activation.Slope);
            json.WriteNumber("neurons", plan.Neurons);
            Write(json, plan.Expansion);
        }

        if (written is not null)
        {
            json.WriteNumber("weights", written.ModelWeights);
            json.WriteString("form", written.Form.ToString());
            if (written.Values.Norm is { } norm)
                json.WriteString("norm", norm.Name);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExpansionPlan expansion)
    {
        json.WriteNumber("factor", expansion.Factor);
        if (!expansion.IsExpanded)
            return;
        json.WriteString("strategy", expansion.Strategy.ToString());
        json.WriteNumber("share", expansion.Share);
        json.WriteString("outgoing", expansion.Outgoing.ToString());
    }
}
