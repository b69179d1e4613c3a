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
}
