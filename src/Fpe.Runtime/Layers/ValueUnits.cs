using Fpe.Expansion;

namespace Fpe;

/// <summary>Which unit of the dense parent each feature of a value is: itself, or the neuron that it is a child of.</summary>
public sealed class ValueUnits
{
    private readonly (int FirstFeature, int FirstUnit, ChildRows Rows)[] parts;

    private ValueUnits((int FirstFeature, int FirstUnit, ChildRows Rows)[] parts) => this.parts = parts;

    /// <summary>Features of the value.</summary>
    public int Count => parts[^1].FirstFeature + parts[^1].Rows.Count;

    /// <summary>Units of the dense parent.</summary>
    public int UnitCount => parts[^1].FirstUnit + parts[^1].Rows.Groups.Neurons;

    /// <summary>Features that are units themselves.</summary>
    public static ValueUnits Of(int count) => OfChildren(new ChildRows(NeuronGroups.Single(count), Children: 1));

    /// <summary>The children of the neurons of a layer.</summary>
    internal static ValueUnits OfChildren(ChildRows rows) => new([(0, 0, rows)]);

    /// <summary>Values one after the other.</summary>
    public static ValueUnits Concatenate(IReadOnlyList<ValueUnits> values)
    {
        var parts = new List<(int FirstFeature, int FirstUnit, ChildRows Rows)>();
        (int features, int units) = (0, 0);
        foreach (ValueUnits value in values)
        {
            foreach ((int feature, int unit, ChildRows rows) in value.parts)
                parts.Add((features + feature, units + unit, rows));
            (features, units) = (features + value.Count, units + value.UnitCount);
        }

        return new ValueUnits([.. parts]);
    }

    /// <summary>The unit of a feature.</summary>
    public int UnitOf(int feature)
    {
        int part = parts.Length - 1;
        while (parts[part].FirstFeature > feature)
            part--;
        return parts[part].FirstUnit + parts[part].Rows.NeuronOf(feature - parts[part].FirstFeature);
    }
}
