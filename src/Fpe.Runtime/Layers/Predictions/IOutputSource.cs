namespace Fpe;

/// <summary>What computes the outputs that predictions are made of: a model, or a network of bytes.</summary>
internal interface IOutputSource
{
    /// <summary>The model as it was declared.</summary>
    ModelPlan Plan { get; }

    /// <summary>What the outputs mean.</summary>
    ModelMeaning Meaning { get; }

    /// <summary>Tracks the current users.</summary>
    ModelAccess Access { get; }

    /// <summary>Computes outputs, for a caller that has checked the lengths and has read access.</summary>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <param name="samples">The number of samples.</param>
    void ForwardAlone(ReadOnlySpan<float> inputs, Span<float> outputs, int samples);
}
