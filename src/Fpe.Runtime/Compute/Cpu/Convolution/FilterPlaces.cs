namespace Fpe.Compute.Cpu;

/// <summary>Places of a row of the output, in runs of values that follow each other.</summary>
internal unsafe struct FilterPlaces
{
    /// <summary>Gradients of all filters for the first value: [values, filters].</summary>
    public float* Dz;

    /// <summary>Number of runs.</summary>
    public int Runs;

    /// <summary>Values of a run.</summary>
    public nint Values;

    /// <summary>Values in <see cref="Dz"/> from a run to the next.</summary>
    public nint DzValues;

    /// <summary>Floats from the input of a run to that of the next.</summary>
    public nint XStep;
}
