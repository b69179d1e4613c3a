namespace Fpe.Quantization;

/// <summary>The room that a layer needs for panels of samples.</summary>
/// <param name="Widened">Weights of 16 bits that are used together.</param>
/// <param name="Rows">Rows of sums that are computed together.</param>
/// <param name="Columns">Columns of a panel that are laid out together.</param>
internal readonly record struct PanelRoom(int Widened, int Rows, int Columns);
