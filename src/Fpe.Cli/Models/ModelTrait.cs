using System.Globalization;

namespace Fpe.Cli.Models;

/// <summary>Something by which the models of a study differ, and by which the command line chooses among them.</summary>
/// <param name="Name">Name of the option, without dashes.</param>
/// <param name="Description">What it means, for <c>--help</c>.</param>
/// <param name="Of">The trait of a model, as it is written on the command line.</param>
internal sealed record ModelTrait(string Name, string Description, Func<StudyModel, string> Of)
{
    /// <summary>All traits.</summary>
    public static IReadOnlyList<ModelTrait> All { get; } =
    [
        new("hidden", "Neurons of the expanded layer in the dense parent", model => Number(model.ExpandedLayer.Neurons)),
        new("factor", "Children per neuron", model => Number(model.ExpandedLayer.Expansion.Factor)),
        new("strategy", "Which child receives which incoming edge", model => EnumWord.Of(model.ExpandedLayer.Expansion.Strategy)),
        new("share", "Neurons that share one partition", model => Number(model.ExpandedLayer.Expansion.Share)),
        new("outgoing", "What happens to outgoing edges", model => EnumWord.Of(model.ExpandedLayer.Expansion.Outgoing)),
    ];

    /// <summary>The option on the command line.</summary>
    public string Option => "--" + Name;

    /// <summary>The values that a study's models have; shorter ones first, so that numbers ascend.</summary>
    public IReadOnlyList<string> ValuesIn(IEnumerable<StudyModel> models) =>
        [.. models.Select(Of).Distinct().OrderBy(value => value.Length).ThenBy(value => value, StringComparer.Ordinal)];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
