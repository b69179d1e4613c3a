using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Manifests;

/// <summary>
/// What is known of a trained model without its weights: plan, counts, and the checksum of its file. It is a text beside the file, which the
/// compiler compares with the class. Like the counting rules, this file is compiled into both the generator and the runtime.
/// </summary>
/// <param name="Model">The name of the class.</param>
/// <param name="Checksum">The checksum of the model file, as in its metadata: eight hexadecimal digits.</param>
/// <param name="IsExpanded">Whether the trained model is expanded. A dense parent fits every class with its dense shapes.</param>
/// <param name="Format">The numbers of the file.</param>
/// <param name="Plan">The numbers of the whole model.</param>
/// <param name="Layers">The layers, from input to output.</param>
internal sealed record ModelManifest(string Model, string Checksum, bool IsExpanded, NumberFormat Format, ManifestSection Plan, ValueList<ManifestSection> Layers)
{
    public const string Inputs = "inputs";

    /// <summary>The field of the number of non-zero weights.</summary>
    public const string ExpandedWeights = "expandedWeights";

    /// <summary>The field of the number of weights of the dense parent.</summary>
    public const string DenseWeights = "denseWeights";

    private const string Outputs = "outputs";

    /// <summary>Describes a model.</summary>
    /// <param name="model">The name of the class.</param>
    /// <param name="inputs">The number of values of a sample.</param>
    /// <param name="graph">The values that the layers read.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="isExpanded">Whether the trained model is expanded.</param>
    /// <param name="format">The numbers of the file.</param>
    /// <param name="checksum">The checksum of the model file; empty for a class.</param>
    public static ModelManifest Of(
        string model, int inputs, ModelGraph graph, IReadOnlyList<LayerPlan> layers, WeightCounts counts, bool isExpanded, NumberFormat format, string checksum)
    {
        ManifestField[] plan =
        [
            new(Inputs, Text(inputs)),
            new("countBiases", counts.CountBiases ? "true" : "false"),
            new(DenseWeights, Text(counts.Dense)),
            new(ExpandedWeights, Text(counts.Expanded)),
        ];
        return new ModelManifest(
            model, checksum, isExpanded, format, new ManifestSection(string.Empty, plan.ToValueList()), layers.Select((layer, l) => Of(layer, graph.Sources[l], l)).ToValueList());
    }

    private static ManifestSection Of(LayerPlan layer, IReadOnlyList<int> sources, int position)
    {
        var fields = new ManifestFields(layer.Name);
        if (!sources.SequenceEqual([position - 1]))
            fields.Add("from", string.Join(", ", layer.From));
        fields.Add(Inputs, layer.Inputs);
        fields.Add(Outputs, layer.Outputs);
        layer.Describe(fields);
        return new ManifestSection(layer.Name, fields.All.Where(field => !FreeFields.Always.Contains(field.Name)).ToValueList());
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
