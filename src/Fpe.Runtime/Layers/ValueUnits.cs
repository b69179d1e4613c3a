using Fpe.Expansion;

namespace Fpe;

/// <summary>Which unit of the dense parent each feature of a value is: itself, or the neuron that it is a child of.</summary>
public sealed class ValueUnits
{
    private readonly (int FirstFeature, int FirstUnit, ChildRows Rows, int Places)[] parts;

    private ValueUnits((int FirstFeature, int FirstUnit, ChildRows Rows, int Places)[] parts) => this.parts = parts;

    /// <summary>Number of features of the value.</summary>
    public int Count => parts[^1].FirstFeature + (parts[^1].Rows.Count * parts[^1].Places);

    /// <summary>Number of units of the dense parent.</summary>
    public int UnitCount => parts[^1].FirstUnit + (parts[^1].Rows.Groups.Neurons * parts[^1].Places);

    /// <summary>Creates the units of a value that is not expanded.</summary>
    public static ValueUnits Of(int count) => OfChildren(new ChildRows(NeuronGroups.Single(count), Children: 1));

    /// <summary>Creates the units of a layer's children.</summary>
    /// <param name="rows">Which row is which child.</param>
    /// <param name="places">Features per child: 1, or the pixels of a channel.</param>
    internal static ValueUnits OfChildren(ChildRows rows, int places = 1) => new([(0, 0, rows, places)]);

    /// <summary>Concatenates values.</summary>
    public static ValueUnits Concatenate(IReadOnlyList<ValueUnits> values)
    {
        var parts = new List<(int FirstFeature, int FirstUnit, ChildRows Rows, int Places)>();
        (int features, int units) = (0, 0);
        foreach (ValueUnits value in values)
        {
            foreach ((int feature, int unit, ChildRows rows, int places) in value.parts)
                parts.Add((features + feature, units + unit, rows, places));
            (features, units) = (features + value.Count, units + value.UnitCount);
        }

        return new ValueUnits([.. parts]);
    }

    /// <summary>Returns the same channels with a different number of pixels, such as after pooling.</summary>
    /// <param name="before">Pixels per channel.</param>
    /// <param name="after">Pixels per channel of the result.</param>
    public ValueUnits WithPlaces(int before, int after)
    {
        var scaled = new (int FirstFeature, int FirstUnit, ChildRows Rows, int Places)[parts.Length];
        for (int p = 0; p < parts.Length; p++)
        {
            (int feature, int unit, ChildRows rows, int places) = parts[p];
            ChildRows channels = places == before ? rows : new ChildRows(NeuronGroups.Single(rows.Count * places / before), Children: 1);
            scaled[p] = (feature / before * after, unit / before * after, channels, after);
        }

        return new ValueUnits(scaled);
    }

    /// <summary>Returns the unit of a feature.</summary>
    public int UnitOf(int feature)
    {
        int part = parts.Length - 1;
        while (parts[part].FirstFeature > feature)
            part--;
        (int child, int place) = Math.DivRem(feature - parts[part].FirstFeature, parts[part].Places);
        return parts[part].FirstUnit + (parts[part].Rows.NeuronOf(child) * parts[part].Places) + place;
    }
}
