using System.Globalization;

namespace Fpe.Cli.Models;

/// <summary>A property by which the models of a study differ and the command line chooses among them.</summary>
/// <param name="Name">The name of the option, without dashes.</param>
/// <param name="Description">The description for <c>--help</c>.</param>
/// <param name="Of">Returns the trait of a model as written on the command line.</param>
internal sealed record ModelTrait(string Name, string Description, Func<StudyModel, string> Of)
{
    /// <summary>All traits.</summary>
    public static IReadOnlyList<ModelTrait> All { get; } =
    [
        new("hidden", "Number of neurons of the expanded layer in the dense parent", model => Number(model.ExpandedLayer.Neurons)),
        new("factor", "Number of children per neuron", model => Number(model.ExpandedLayer.Expansion.Factor)),
        new("strategy", "Which child receives which incoming edge", model => EnumWord.Of(model.ExpandedLayer.Expansion.Strategy)),
        new("share", "Number of neurons that share a partition", model => Number(model.ExpandedLayer.Expansion.Share)),
        new("outgoing", "What happens to outgoing edges", model => EnumWord.Of(model.ExpandedLayer.Expansion.Outgoing)),
    ];

    /// <summary>The option on the command line.</summary>
    public string Option => "--" + Name;

    /// <summary>Returns the values of a study's models; shorter ones come first, so that numbers are in ascending order.</summary>
    public IReadOnlyList<string> ValuesIn(IEnumerable<StudyModel> models) =>
        [.. models.Select(Of).Distinct().OrderBy(value => value.Length).ThenBy(value => value, StringComparer.Ordinal)];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
