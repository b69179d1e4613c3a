namespace Fpe.Runtime.Tests.Sparsity;

/// <summary>A column of a block.</summary>
internal readonly record struct Unit(int Group, int Column, int Edges, double Score);
