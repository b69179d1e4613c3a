using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fpe.Compute;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe.Manifests;

/// <summary>Writes the fields of a layer as lines of a manifest.</summary>
/// <param name="layer">The name of the layer, for messages.</param>
internal sealed class ManifestFields(string layer) : IPlanFields
{
    private readonly List<ManifestField> all = [];

    public IReadOnlyList<ManifestField> All => all;

    /// <exception cref="PlanException">The value has several lines.</exception>
    public void Add(string name, string value) => all.Add(value.IndexOfAny(['\n', '\r']) < 0
        ? new ManifestField(name, value)
        : throw new PlanException(layer, $"{name} has several lines, but a manifest has one line for each field; describe the layer without line breaks."));

    public void Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    public void Add(ImageShape image) => Add("image", Invariant($"{image.Channels} x {image.Height} x {image.Width}"));

    /// <summary>Adds how the neurons are expanded; nothing if they are not.</summary>
    public void Add(ExpansionPlan expansion)
    {
        if (!expansion.IsExpanded)
            return;
        Add(Prefixed("factor"), expansion.Factor);
        Add(Prefixed("strategy"), expansion.Strategy.ToString());
        Add(Prefixed("share"), expansion.Share);
        Add(Prefixed("outgoing"), expansion.Outgoing.ToString());
        if (expansion.Within > 0)
            Add(Prefixed("within"), expansion.Within);
        if (expansion.TiesBiases)
            Add(Prefixed("tiesBiases"), "true");
        if (expansion.Clauses.Count > 0)
            Add(Prefixed("clauses"), string.Join("; ", expansion.Clauses.Select(clause => string.Join(" ", clause.Select(input => Invariant($"{input}"))))));
    }

    private static string Prefixed(string name) => $"{FreeFields.Expansion}.{name}";
}
