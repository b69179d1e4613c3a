using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>Parameters that there are for each unit of a value, such as the scale and the shift of a norm. They are counted as biases.</summary>
internal readonly struct UnitParameters
{
    public UnitParameters(int perUnit, IReadOnlyList<InputPart> parts)
    {
        PerUnit = perUnit;
        Parts = parts;
    }

    /// <summary>Parameters for each unit.</summary>
    public int PerUnit { get; }

    /// <summary>The units of the value; each child of a neuron is one after expansion.</summary>
    public IReadOnlyList<InputPart> Parts { get; }

    /// <summary>How many there are in the dense parent.</summary>
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

    /// <summary>How many there are when the model is expanded.</summary>
    /// <param name="layers">The layers with weights.</param>
    public long ExpandedCount(IReadOnlyList<LayerSize> layers)
    {
        long count = 0;
        foreach (InputPart part in Parts)
            count = checked(count + ((long)part.Units * PerUnit * (part.Layer == InputPart.NotExpanded ? 1 : layers[part.Layer].Factor)));
        return count;
    }
}
