using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>Parameters for each unit of a value, such as the scale and the shift of a norm. They are counted as biases.</summary>
internal readonly struct UnitParameters
{
    public UnitParameters(int perUnit, IReadOnlyList<InputPart> parts)
    {
        PerUnit = perUnit;
        Parts = parts;
    }

    /// <summary>The number of parameters per unit.</summary>
    public int PerUnit { get; }

    /// <summary>The units of the value; after expansion, each child of a neuron is a unit.</summary>
    public IReadOnlyList<InputPart> Parts { get; }

    /// <summary>The number of parameters in the dense parent.</summary>
    public long DenseCount
    {
        get
        {
            long count = 0;
            foreach (InputPart part in Parts)
                count = checked(count + ((long)part.Units * PerUnit));
            return count;
        }
    }

    /// <summary>Returns the number of parameters after expansion.</summary>
    /// <param name="layers">The layers with weights.</param>
    public long ExpandedCount(IReadOnlyList<LayerSize> layers)
    {
        long count = 0;
        foreach (InputPart part in Parts)
            count = checked(count + ((long)part.Units * PerUnit * (part.Layer == InputPart.NotExpanded ? 1 : layers[part.Layer].Factor)));
        return count;
    }
}
