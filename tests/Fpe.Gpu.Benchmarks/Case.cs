namespace Fpe.Gpu.Benchmarks;

/// <summary>What all networks of one comparison train.</summary>
/// <param name="Inputs">Values of a sample.</param>
/// <param name="Hidden">Neurons of the hidden layer of the dense parent.</param>
/// <param name="Factor">Children of a neuron.</param>
/// <param name="Batch">Samples of a batch.</param>
/// <param name="Samples">Samples of an epoch; 0 to time single steps.</param>
internal readonly record struct Case(int Inputs, int Hidden, int Factor, int Batch, int Samples = 0);
