import Assembly
import Contract
import JSON
import JSONRPC
import Testing
